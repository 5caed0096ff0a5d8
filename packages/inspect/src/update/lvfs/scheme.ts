import type { UpdateScheme } from '../package/scheme.ts'

export const LVFS: UpdateScheme = {
  name: 'lvfs',
  it: { en: 'The cabinet for fwupd', de: 'Das Archiv für fwupd' },
  of: { en: 'of the cabinet for fwupd', de: 'des Archivs für fwupd' },
  repeat: 'gcab -x FILE.cab; jcat-tool --public-keys KEYS verify firmware.jcat',
  chain: 'lvfs',
}
