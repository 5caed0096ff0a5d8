import type { UpdateScheme } from '../package/scheme.ts'

export const OPKG: UpdateScheme = {
  name: 'opkg',
  it: { en: 'The opkg feed', de: 'Die opkg-Paketquelle' },
  of: { en: 'of the opkg feed', de: 'der opkg-Paketquelle' },
  repeat: 'usign -V -m Packages -x Packages.sig -P /etc/opkg/keys',
  chain: 'opkg-feed',
}
