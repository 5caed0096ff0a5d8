import { childrenOf, type DerElement, TAG } from '../der/element.ts'
import { DerFields } from '../der/fields.ts'
import { stringOf } from '../der/text.ts'
import { oidOf } from '../der/values.ts'

export interface DistinguishedName {
  /** As it is encoded, for comparing. */
  readonly der: Uint8Array
  /** In the order of its encoding: `C=DE, O=Acme, CN=Signer`. Control characters are shown as %XX. */
  readonly text: string
  /** The last common name. */
  readonly commonName: string | undefined
}

const COMMON_NAME = '2.5.4.3'
const SHORT: Readonly<Record<string, string>> = {
  [COMMON_NAME]: 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
}
/** Characters of a name that are shown. */
const MOST_SHOWN = 512

/** RDNSequence; RFC 5280, section 4.1.2.4. @throws DerError */
export function readName(element: DerElement): DistinguishedName {
  const parts = new DerFields(element, TAG.sequence).rest().flatMap((set) =>
    childrenOf(set).map((pair) => {
      const fields = new DerFields(pair, TAG.sequence)
      const oid = oidOf(fields.take(TAG.oid))
      return { oid, value: visible(stringOf(fields.any())) }
    }),
  )
  const text = parts.map(({ oid, value }) => `${SHORT[oid] ?? oid}=${value}`).join(', ')
  return {
    der: element.whole,
    text: text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text,
    commonName: parts.findLast(({ oid }) => oid === COMMON_NAME)?.value,
  }
}

function visible(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be replaced
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
