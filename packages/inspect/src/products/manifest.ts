import type { Check } from '../contract.ts'
import { cases, provisions } from '../drafts.ts'

/** What releases of several products show together; it reads the index of secrets that the user keeps, and no artefact. */
export const PRODUCTS_COMPARISON: Omit<Check, 'conclude' | 'look' | 'wants'> = {
  id: 'products.secrets',
  version: 1,
  title: { en: 'Secrets that another product has, too', de: 'Geheimnisse, die auch ein anderes Produkt hat' },
  provisions: provisions(['5.1-1', '5.4-3', '5.4-4']),
  cases: cases('5.1-1-2', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a password, key or other secret of this release is also in a release of another product that was indexed on this machine.',
    de: 'Dass ein Passwort, ein Schlüssel oder ein anderes Geheimnis dieser Firmware auch in einer Firmware eines anderen Produkts steckt, die auf dieser Maschine verzeichnet ist.',
  },
  cannotShow: {
    en: 'What products have that were not indexed, and that a product is another one and no other name of the same.',
    de: 'Was Produkte haben, die nicht verzeichnet sind, und dass ein Produkt ein anderes ist und nicht ein anderer Name desselben.',
  },
  states: ['products.parameter.shared', 'products.password.shared'],
}
