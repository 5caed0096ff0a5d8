import type { UpdateScheme } from '../package/scheme.ts'

export const TUF: UpdateScheme = {
  name: 'tuf',
  it: { en: 'The TUF repository', de: 'Das TUF-Repositorium' },
  of: { en: 'of the TUF repository', de: 'des TUF-Repositoriums' },
  repeat:
    'tufctl or python-tuf: tuf.api.metadata.Root.verify_delegate for each role, sha256sum of each target',
  chain: 'tuf',
}
