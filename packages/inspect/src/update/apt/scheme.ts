import type { UpdateScheme } from '../package/scheme.ts'

export const APT: UpdateScheme = {
  name: 'apt',
  it: { en: 'The apt repository', de: 'Das apt-Repositorium' },
  of: { en: 'of the apt repository', de: 'des apt-Repositoriums' },
  repeat: 'gpgv --keyring KEYRING.gpg InRelease, or gpgv --keyring KEYRING.gpg Release.gpg Release',
  chain: 'apt-repository',
}
