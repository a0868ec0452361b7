export interface Country {
  code: string;
  name: string;
  currency: string;
  alpha3: string;
}

export interface Category {
  id: number;
  name: string;
}

/** Dates of the invented catalogue lie in the months before this. */
export const CATALOG_EPOCH_MS = Date.UTC(2026, 10, 1);

/** The code Bamboo uses for a brand that is valid everywhere. */
export const GLOBAL_COUNTRY = "GLC";

const countryRows = `AE United Arab Emirates|AED|ARE;SA Saudi Arabia|SAR|SAU;KW Kuwait|KWD|KWT;QA Qatar|QAR|QAT;BH Bahrain|BHD|BHR
OM Oman|OMR|OMN;JO Jordan|JOD|JOR;EG Egypt|EGP|EGY;TR Türkiye|TRY|TUR;IN India|INR|IND;PK Pakistan|PKR|PAK
BD Bangladesh|BDT|BGD;JP Japan|JPY|JPN;KR South Korea|KRW|KOR;HK Hong Kong|HKD|HKG;SG Singapore|SGD|SGP
MY Malaysia|MYR|MYS;ID Indonesia|IDR|IDN;TH Thailand|THB|THA;PH Philippines|PHP|PHL;VN Vietnam|VND|VNM
AU Australia|AUD|AUS;NZ New Zealand|NZD|NZL;CA Canada|CAD|CAN;US United States|USD|USA;MX Mexico|MXN|MEX
BR Brazil|BRL|BRA;CL Chile|CLP|CHL;CO Colombia|COP|COL;ZA South Africa|ZAR|ZAF;NG Nigeria|NGN|NGA;KE Kenya|KES|KEN
CM Cameroon|XAF|CMR;MA Morocco|MAD|MAR;GB United Kingdom|GBP|GBR;DE Germany|EUR|DEU;FR France|EUR|FRA;IT Italy|EUR|ITA
ES Spain|EUR|ESP;NL Netherlands|EUR|NLD;PL Poland|PLN|POL;SE Sweden|SEK|SWE;CH Switzerland|CHF|CHE;AT Austria|EUR|AUT`;

export const countries: readonly Country[] = countryRows.split(/[;\n]/).map((row) => {
  const [head = "", currency = "", alpha3 = ""] = row.split("|");
  return { code: head.slice(0, 2), name: head.slice(3), currency, alpha3 };
});

const categoryRows = `1 Entertainment;2 Gaming;3 Prepaid Cards;4 Fashion & Accessories;5 Tools & Home Improvement;6 Airlines & Hotels
7 Beauty Wellness & Spa;9 eCommerce;10 Dining & Restaurants;11 Kids Fashion & Toys;12 Travel & Leisure;13 Home & Garden;14 Learning
15 Sports & Lifestyle;16 Electronics;17 Crypto;18 Supermarkets & Hypermarkets;19 Bookstore;20 Telecommunication & Internet
21 Department Stores;22 Mobile Application;23 Shopping Mall;24 Gas Station;25 Drugstore;26 Pet Shop & Pet Care;27 Charity;30 Petroleum`;

export const categories: readonly Category[] = categoryRows.split(/[;\n]/).map((row) => {
  const [id = "", ...words] = row.split(" ");
  return { id: Number(id), name: words.join(" ") };
});

/** What a round sum in that currency looks like, beside 1 US dollar. */
export const faceScales: Readonly<Record<string, number>> = {
  JPY: 100,
  KRW: 1000,
  IDR: 10_000,
  VND: 20_000,
  INR: 50,
  PKR: 100,
  BDT: 100,
  THB: 50,
  PHP: 50,
  EGP: 50,
  TRY: 25,
  CLP: 1000,
  COP: 5000,
  MXN: 20,
  BRL: 5,
  ZAR: 20,
  NGN: 1000,
  KES: 100,
  XAF: 500,
  MAD: 10,
  SEK: 10,
  HKD: 10,
  AED: 5,
  SAR: 5,
  QAR: 5,
  MYR: 5,
  PLN: 5,
};
