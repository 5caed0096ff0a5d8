import type { InstalledPackage, PackageDatabase, PackageManager } from '../facts.ts'

interface DatabaseFile {
  readonly manager: PackageManager
  readonly path: RegExp
}

const FILES: readonly DatabaseFile[] = [
  { manager: 'dpkg', path: /(?:^|\/)var\/lib\/dpkg\/(?:status|status\.d\/[^/]+)$/ },
  { manager: 'opkg', path: /(?:^|\/)(?:usr\/lib|var\/lib|var|lib)\/opkg\/(?:status|info\/[^/]+\.control)$/ },
  { manager: 'apk', path: /(?:^|\/)(?:usr\/)?lib\/apk\/db\/installed$/ },
]

export const DATABASE_FILES: readonly RegExp[] = FILES.map(({ path }) => path)

/** What a package manager recorded as installed; undefined for any other file. @param text one character per byte */
export function readDatabase(inner: string, text: string): PackageDatabase | undefined {
  const manager = FILES.find(({ path }) => path.test(inner))?.manager
  if (!manager) return undefined
  const paragraphs = text.split(/\n[ \t]*\n/)
  const packages = paragraphs.flatMap((paragraph) => readParagraph(manager, inner, paragraph) ?? [])
  return packages.length > 0 ? { manager, packages } : undefined
}

function readParagraph(manager: PackageManager, inner: string, text: string): InstalledPackage | undefined {
  const fields = manager === 'apk' ? apkFields(text) : debianFields(text)
  const { name, version, architecture, status } = fields
  if (!name || !version) return undefined
  // What was removed keeps its paragraph; files without a status (opkg's info, distroless) are of installed packages.
  const states = status?.split(/\s+/)
  if (states && states[2] !== 'installed') return undefined
  if (!states && /\/(?:dpkg|opkg)\/status$/.test(inner)) return undefined
  return { name, version, ...(architecture ? { architecture } : {}) }
}

interface Fields {
  readonly name?: string | undefined
  readonly version?: string | undefined
  readonly architecture?: string | undefined
  readonly status?: string | undefined
}

function debianFields(text: string): Fields {
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*?)[ \\t\\r]*$`, 'm').exec(text)?.[1]
  return {
    name: field('Package'),
    version: field('Version'),
    architecture: field('Architecture'),
    status: field('Status'),
  }
}

function apkFields(text: string): Fields {
  const field = (letter: string) => new RegExp(`^${letter}:(.*)$`, 'm').exec(text)?.[1]
  return { name: field('P'), version: field('V'), architecture: field('A') }
}
