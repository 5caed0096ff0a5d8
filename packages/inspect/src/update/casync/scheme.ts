import type { UpdateWords } from '../package/scheme.ts'

export const CASYNC: UpdateWords = {
  name: 'casync',
  it: { en: 'The casync index', de: 'Der casync-Index' },
  of: { en: 'of the casync index', de: 'des casync-Index' },
  repeat: 'casync extract --store=STORE.castr INDEX.caibx OUT',
}
