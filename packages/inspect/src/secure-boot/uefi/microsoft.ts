/**
 * Certificates that almost every UEFI firmware brings, by SHA-256: their names are shown where the fingerprint is theirs.
 * Knowing them is no trust. Computed from the certificates in Debian's OVMF variable store (ovmf 2022.11-6) and in the
 * signatures of Debian's shim (shim-signed 1.51).
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['48e99b991f57fc52f76149599bff0a58c47154229b9f8d603ac40d3500248507', 'Microsoft Corporation UEFI CA 2011'],
  [
    'e8e95f0733a55e8bad7be0a1413ee23c51fcea64b3c8fa6a786935fddcc71961',
    'Microsoft Windows Production PCA 2011',
  ],
])

export function microsoftName(sha256: string): string | undefined {
  return NAMES.get(sha256)
}
