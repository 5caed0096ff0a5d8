import type { UpdateScheme } from '../package/scheme.ts'

export const AZURE: UpdateScheme = {
  name: 'azure',
  it: {
    en: 'The update manifest of Azure Device Update',
    de: 'Das Update-Manifest von Azure Device Update',
  },
  of: {
    en: 'of the update manifest of Azure Device Update',
    de: 'des Update-Manifests von Azure Device Update',
  },
  repeat:
    'openssl dgst -sha256 -verify over header and payload of the JWS in updateManifestSignature, and over those of the one in its sjwk with the root key that kid names',
  chain: 'azure-device-update',
}
