import type { ManifestEntry } from './facts.ts'

const ROLES = ['application', 'bootloader', 'softdevice', 'softdevice_bootloader'] as const

/** What a DFU package holds; empty for other JSON. Nordic's nrfutil, manifest.py. */
export function parseManifest(text: string): readonly ManifestEntry[] {
  if (!text.includes('"dat_file"')) return []
  const manifest = property(parseJson(text), 'manifest')
  return ROLES.flatMap((role): readonly ManifestEntry[] => {
    const entry = property(manifest, role)
    const [firmware, packet] = [property(entry, 'bin_file'), property(entry, 'dat_file')]
    if (typeof firmware !== 'string' || typeof packet !== 'string') return []
    const legacy = property(entry, 'init_packet_data')
    const crc = property(legacy, 'firmware_crc16')
    return [
      {
        role,
        firmware,
        packet,
        legacyCrc: typeof crc === 'number' ? crc : undefined,
        isLegacy: typeof legacy === 'object' && legacy !== null,
      },
    ]
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}
