import type { InstalledPackage, PackageDatabase } from '../facts.ts'

const YOCTO = /(?:^|\/)[^/]+\.manifest$/
const BUILDROOT = /(?:^|\/)(?:legal-info\/)?manifest\.csv$/
const SPDX = /(?:^|\/)[^/]+\.spdx(?:\.json)?$/

export const MANIFEST_FILES: readonly RegExp[] = [YOCTO, BUILDROOT, SPDX]

/** What the build of an image wrote down beside it; undefined for any other file. @param text one character per byte */
export function readManifest(inner: string, text: string): PackageDatabase | undefined {
  const found = YOCTO.test(inner)
    ? ({ manager: 'yocto', packages: yoctoPackages(text) } as const)
    : BUILDROOT.test(inner)
      ? ({ manager: 'buildroot', packages: buildrootPackages(text) } as const)
      : SPDX.test(inner)
        ? ({ manager: 'spdx', packages: spdxPackages(text) } as const)
        : undefined
  return found && found.packages.length > 0 ? found : undefined
}

/** `name architecture version`; a file with any other line is none. */
function yoctoPackages(text: string): readonly InstalledPackage[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const rows = lines.map((line) => /^([a-z0-9][\w.+-]*) ([\w-]+) (\d\S*)$/.exec(line.trim()))
  if (rows.some((row) => row === null)) return []
  return rows.flatMap((row) => {
    const [, name = '', architecture = '', version = ''] = row ?? []
    return [{ name, version, architecture }]
  })
}

/** The table of `make legal-info`: its first two columns. */
function buildrootPackages(text: string): readonly InstalledPackage[] {
  const [head = '', ...lines] = text.split('\n')
  if (!/^"?PACKAGE"?,"?VERSION"?,/.test(head)) return []
  return lines.flatMap((line) => {
    const match = /^"?([\w.+-]+)"?,"?([^",]+)"?,/.exec(line)
    return match ? [{ name: match[1] as string, version: match[2] as string }] : []
  })
}

function spdxPackages(text: string): readonly InstalledPackage[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return []
  }
  const { spdxVersion, packages } = (document ?? {}) as {
    readonly spdxVersion?: unknown
    readonly packages?: unknown
  }
  if (typeof spdxVersion !== 'string' || !Array.isArray(packages)) return []
  return packages.flatMap((one: unknown) => {
    const { name, versionInfo } = (one ?? {}) as { readonly name?: unknown; readonly versionInfo?: unknown }
    return typeof name === 'string' && typeof versionInfo === 'string' && versionInfo !== ''
      ? [{ name, version: versionInfo }]
      : []
  })
}
