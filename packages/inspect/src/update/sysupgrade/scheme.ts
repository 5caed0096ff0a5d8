import type { UpdateScheme } from '../package/scheme.ts'

export const SYSUPGRADE: UpdateScheme = {
  name: 'sysupgrade',
  it: { en: 'The sysupgrade image', de: 'Das Sysupgrade-Abbild' },
  of: { en: 'of the sysupgrade image', de: 'des Sysupgrade-Abbilds' },
  repeat:
    'fwtool -s IMAGE.ucert IMAGE && fwtool -T -s /dev/null IMAGE | ucert -V -m - -c IMAGE.ucert -P /etc/opkg/keys',
  chain: 'openwrt-sysupgrade',
}
