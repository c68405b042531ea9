// The reasons why a document is not in the bucket, in words.

const FAILED = {
  gone: 'the portal does not have it (404, 410)',
  not_pdf: 'not a PDF',
  truncated: 'incomplete',
  empty: 'empty response',
  timeout: 'the portal took too long',
  connect: 'no connection to the portal',
  reset: 'the portal closed the connection',
  store: 'the store refused it',
  mismatch: 'not the bytes that the list names',
};

/** Of what is never fetched. */
const REJECTED = {
  foreign_host: 'a host that is not allowed',
  bad_address: 'not a usable address',
  too_large: 'larger than allowed',
  robots: 'robots.txt disallows it',
  withheld: 'the portal withholds it',
  unreadable: 'the row could not be read',
};

/** What a reason means; empty if that is unknown. */
export const meaning = (reason) =>
  FAILED[reason] ?? REJECTED[reason] ?? (reason.startsWith('http_') ? `the portal responded with ${reason.slice('http_'.length)}` : '');

/** Whether it is a reason of rejected documents, not of failed ones. */
export const isRejection = (reason) => reason in REJECTED;
