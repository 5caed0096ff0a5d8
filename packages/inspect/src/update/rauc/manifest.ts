import type { RaucImage, RaucManifest } from './facts.ts'

const MOST_LINES = 5000
const MOST_IMAGES = 200
const MOST_TEXT = 200

/** A key file as GLib has it (RAUC reference, "Manifest"); the artefacts of newer manifests are `[image.CLASS.NAME]`. */
export function parseManifest(text: string): RaucManifest {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  for (const line of text.split('\n', MOST_LINES)) {
    const header = /^\s*\[([^\]]*)\]/.exec(line)?.[1]
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, string>()
      sections.set(header, section)
      continue
    }
    const sign = line.indexOf('=')
    if (sign > 0)
      section.set(
        line.slice(0, sign).trim(),
        line
          .slice(sign + 1)
          .trim()
          .slice(0, MOST_TEXT),
      )
  }
  const value = (name: string, key: string) => sections.get(name)?.get(key)
  return {
    compatible: value('update', 'compatible'),
    version: value('update', 'version'),
    format: value('bundle', 'format'),
    programs: [value('handler', 'filename'), value('hooks', 'filename')].flatMap((one) => one ?? []),
    images: [...sections]
      .flatMap(([name, values]): readonly RaucImage[] => {
        const filename = values.get('filename')
        if (!name.startsWith('image.') || filename === undefined) return []
        const sha256 = values.get('sha256')?.toLowerCase()
        return [
          {
            slot: name.slice('image.'.length),
            filename,
            sha256: sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined,
            hooks: values.get('hooks'),
          },
        ]
      })
      .slice(0, MOST_IMAGES),
  }
}
