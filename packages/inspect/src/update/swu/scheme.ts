import type { UpdateScheme } from '../package/scheme.ts'

export const SWU: UpdateScheme = {
  name: 'swu',
  it: { en: 'The SWUpdate image', de: 'Das SWUpdate-Image' },
  of: { en: 'of the SWUpdate image', de: 'des SWUpdate-Images' },
  repeat:
    'cpio -i < IMAGE.swu; openssl dgst -sha256 -verify KEY.pem -signature sw-description.sig sw-description (for PSS -sigopt rsa_padding_mode:pss; for CMS openssl cms -verify -binary -inform DER -in sw-description.sig -content sw-description -CAfile CA.pem); sha256sum of each member',
  chain: 'swupdate',
}
