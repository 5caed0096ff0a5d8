import type { UpdateScheme } from '../package/scheme.ts'

export const MENDER: UpdateScheme = {
  name: 'mender',
  it: { en: 'The Mender artifact', de: 'Das Mender-Artefakt' },
  of: { en: 'of the Mender artifact', de: 'des Mender-Artefakts' },
  repeat: 'mender-artifact validate -k KEY.pem ARTIFACT.mender',
  chain: 'mender',
}
