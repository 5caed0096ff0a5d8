import type { UpdateScheme } from '../package/scheme.ts'

export const PAYLOAD: UpdateScheme = {
  name: 'payload',
  it: { en: 'The Android update', de: 'Das Android-Update' },
  of: { en: 'of the Android update', de: 'des Android-Updates' },
  repeat:
    'payload.bin: openssl dgst -sha256 -verify KEY.pem -signature SIGNATURE over header and manifest, and over these and the data up to the signatures; archive: openssl smime -verify -inform DER -binary -noverify -content ARCHIVE-WITHOUT-COMMENT',
  chain: 'android-ota',
}
