import { type Bytes, BytesError, cString } from '@messlatte/bytes'
import { FormatError, fdtNode, fdtProperty, fdtStrings, parseFdt, parsePe } from '@messlatte/unpack'
import type { Artefact } from '../../contract.ts'
import { MOST_LINE } from './words.ts'

export type SourceKind =
  | 'device-tree'
  | 'android-boot'
  | 'u-boot-environment'
  | 'grub'
  | 'extlinux'
  | 'loader-entry'
  | 'cmdline-file'
  | 'unified-kernel'
  | 'kernel-config'

/** A command line, and where it stands. */
export interface Line {
  readonly source: SourceKind
  /** Byte string. */
  readonly text: string
  /** Bytes from the start of the artefact. */
  readonly offset: number
  readonly length: number
}

/** Lines of one file that are read; a menu has a few for each kernel. */
const MOST_LINES = 64

const MENUS: readonly {
  readonly path: RegExp
  readonly source: SourceKind
  readonly line: RegExp
}[] = [
  { path: /(?:^|\/)grub\.cfg$/, source: 'grub', line: /^[ \t]*linux(?:16|efi)?[ \t]+\S+[ \t]+(\S.*)$/gm },
  {
    path: /(?:^|\/)(?:extlinux|syslinux|isolinux)\.(?:conf|cfg)$/i,
    source: 'extlinux',
    line: /^[ \t]*append[ \t]+(\S.*)$/gim,
  },
  { path: /(?:^|\/)loader\/entries\/[^/]+\.conf$/, source: 'loader-entry', line: /^options[ \t]+(\S.*)$/gm },
  {
    path: /^(?:(?:boot\/(?:firmware\/)?)?cmdline\.txt|(?:etc|usr\/lib)\/kernel\/cmdline)$/,
    source: 'cmdline-file',
    line: /^(\S.*)$/gm,
  },
  {
    path: /^environment\.txt$/,
    source: 'u-boot-environment',
    line: /^(?:bootargs\w*|\w*args|optargs|append)=(\S.*)$/gm,
  },
]
const UNIFIED = /\.efi$/i

export const PATHS: readonly RegExp[] = [...MENUS.map(({ path }) => path), /^header\.json$/, UNIFIED]

/** The command lines in an artefact. */
export function linesOf(artefact: Artefact): readonly Line[] {
  const { format, inner, root, type } = artefact
  if (format === 'fdt' || format === 'fit') return ofTree(artefact.bytes)
  if (type !== 'file') return []
  if (inner === 'header.json')
    return /:android-(?:vendor-)?boot$/.test(root) ? ofAndroid(artefact.text()) : []
  if (UNIFIED.test(inner)) return ofUnified(artefact.bytes)
  const menu = MENUS.find(({ path }) => path.test(inner))
  if (!menu || (menu.source === 'u-boot-environment' && !root.endsWith(':uboot-env'))) return []
  return ofMenu(artefact.text(), menu.source, menu.line)
}

function ofMenu(text: string, source: SourceKind, line: RegExp): readonly Line[] {
  const lines: Line[] = []
  for (const match of text.matchAll(line)) {
    const found = match[1] as string
    const offset = match.index + match[0].length - found.length
    lines.push({ source, text: found.slice(0, MOST_LINE), offset, length: found.length })
    if (lines.length === MOST_LINES) break
  }
  return lines
}

function ofTree(bytes: Bytes): readonly Line[] {
  try {
    const tree = parseFdt(bytes, 0)
    const chosen = fdtNode(tree, '/chosen')
    const property = chosen && fdtProperty(chosen, 'bootargs')
    const text = property && fdtStrings(tree, property)?.[0]
    if (!property || text === undefined) return []
    return [{ source: 'device-tree', text, offset: property.offset, length: property.length }]
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return []
    throw error
  }
}

function ofAndroid(text: string): readonly Line[] {
  const found = /"cmdline": "((?:[^"\\]|\\.){1,4096})"/.exec(text)
  if (!found) return []
  const line = (found[1] as string).replace(/\\(["\\])/g, '$1')
  return [{ source: 'android-boot', text: line, offset: found.index, length: found[0].length }]
}

function ofUnified(bytes: Bytes): readonly Line[] {
  const section = parsePe(bytes, 0)?.sections.find(({ name }) => name === '.cmdline')
  if (!section) return []
  const length = Math.min(section.length, section.memorySize, MOST_LINE)
  if (section.at + length > bytes.size) return []
  const text = cString(bytes.view(section.at, length))
  return [{ source: 'unified-kernel', text, offset: section.at, length }]
}
