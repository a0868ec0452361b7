"use client";

import { useEffect, useRef } from "react";
import { Button } from "./button";
import { ErrorNotice } from "./error-notice";

interface Props {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => unknown;
  };
}

/** How far before the end of the list the next page is asked for. */
const AHEAD = "600px";

/** The next page comes by itself when the end draws near; the button serves where it does not, and after an error. */
export function LoadMore({ query }: Props) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query;
  const end = useRef<HTMLDivElement>(null);
  const automatic = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;

  useEffect(() => {
    if (!end.current || !automatic) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNextPage(), { rootMargin: AHEAD });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [automatic, fetchNextPage]);

  if (!hasNextPage) return null;
  return (
    <div ref={end} className="mt-6 flex flex-col items-center gap-3">
      {isFetchNextPageError ? <ErrorNotice error={error} /> : null}
      <Button onClick={() => fetchNextPage()} busy={isFetchingNextPage}>
        Load more
      </Button>
    </div>
  );
}
