/**
 * What of a hash's text a second one needs in common with it before the two tell whether their passwords differ: the kind, its
 * costs and its salt. Undefined where the text does not say: then only equal texts tell something.
 */
export function saltOf(text: string): string | undefined {
  const bcrypt = /^\$2[abxy]?\$\d\d\$[./0-9A-Za-z]{22}/.exec(text)
  if (bcrypt) return bcrypt[0]
  if (/^\$[\w-]{1,12}\$/.test(text)) return text.slice(0, text.lastIndexOf('$') + 1)
  if (/^\{(?:SHA|MD5)\}/i.test(text)) return text.slice(0, text.indexOf('}') + 1)
  if (text.startsWith('{')) return undefined
  // BSDi: an underscore, four characters of count, four of salt. Traditional DES: two of salt.
  if (/^_[./0-9A-Za-z]{19}$/.test(text)) return text.slice(0, 9)
  if (/^[./0-9A-Za-z]{13}$/.test(text)) return text.slice(0, 2)
  return undefined
}

const MARKED = /\$[\w-]{1,12}\$[^\s:"',;<>]{4,400}|\{[\w-]{2,20}\}[A-Za-z0-9+/=$.]{8,200}/g

/** The hashes that say what they are in a record; all of it where none does. */
export function hashIn(record: string): string {
  return record.match(MARKED)?.join(' ') ?? record
}
