import type { UpdateScheme } from '../package/scheme.ts'

export const SUIT: UpdateScheme = {
  name: 'suit',
  it: { en: 'The SUIT envelope', de: 'Der SUIT-Umschlag' },
  of: { en: 'of the SUIT envelope', de: 'des SUIT-Umschlags' },
  repeat:
    'suit-generator parse --input-file FILE.suit; Sig_structure (RFC 9052, section 4.4) over the digest in the wrapper, openssl dgst -verify',
  chain: 'suit',
}
