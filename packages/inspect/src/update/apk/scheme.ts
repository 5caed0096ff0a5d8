import type { UpdateScheme } from '../package/scheme.ts'

export const APK: UpdateScheme = {
  name: 'apk',
  it: { en: 'The apk package or index', de: 'Das apk-Paket oder der apk-Index' },
  of: { en: 'of the apk package or index', de: 'des apk-Pakets oder -Index' },
  repeat: 'apk verify --keys-dir etc/apk/keys PACKAGE.apk',
  chain: 'apk-package',
}
