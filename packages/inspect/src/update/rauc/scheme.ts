import type { UpdateScheme } from '../package/scheme.ts'

export const RAUC: UpdateScheme = {
  name: 'rauc',
  it: { en: 'The RAUC bundle', de: 'Das RAUC-Bundle' },
  of: { en: 'of the RAUC bundle', de: 'des RAUC-Bundles' },
  repeat:
    'rauc info --keyring=CA.pem BUNDLE.raucb, which does not read the payload of a verity bundle: veritysetup verify --no-superblock --data-block-size=4096 --hash-block-size=4096 --salt=SALT --hash-offset=DATA DATA DATA ROOT with salt and root of the signed manifest',
  chain: 'rauc',
}
