import { type Bytes, latin1 } from '@messlatte/bytes'
import type { Pe } from '../pe/parse.ts'
import { type PeResource, peResources } from '../pe/resources.ts'

/** Of EFI: their resources are forms for a setup screen, and checks read them where they lie. */
const FIRST_EFI_SUBSYSTEM = 10
/** Data of a program's own making. */
const RAW = 10
/** A program has raw data of its own; what is larger is there to be taken out. Bytes. */
const LARGE = 64 * 1024
const MAGICS = [
  'MSCF\0\0\0\0',
  'PK\x03\x04',
  '7z\xbc\xaf\x27\x1c',
  'Rar!\x1a\x07',
  '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  '\x1f\x8b\x08',
  '\xfd7zXZ\0',
  'MZ\x90\0',
  '\x7fELF',
  'hsqs',
  '\x27\x05\x19\x56',
  '\xd0\x0d\xfe\xed',
]
const LONGEST = Math.max(...MAGICS.map(({ length }) => length))
/** Kinds of the standard that hold a part of a program's surface: pictures, menus, dialogs, texts, versions. */
const MOST_STANDARD = 24

/** The resources that are files of their own: archives, programs and images of file systems, and large raw data. */
export function* filesIn(bytes: Bytes, image: Pe): Generator<PeResource> {
  if (image.subsystem >= FIRST_EFI_SUBSYSTEM) return
  for (const resource of peResources(bytes, image)) if (isFile(bytes, resource)) yield resource
}

/** Whether there is any. */
export function holdsFiles(bytes: Bytes, image: Pe): boolean {
  return filesIn(bytes, image).next().done !== true
}

function isFile(bytes: Bytes, { type, content: { at, length } }: PeResource): boolean {
  const isRaw = type === RAW || typeof type === 'string' || type > MOST_STANDARD
  if (!isRaw || length < LONGEST || at + LONGEST > bytes.size) return false
  if (length >= LARGE) return true
  const head = latin1(bytes.view(at, LONGEST))
  return MAGICS.some((magic) => head.startsWith(magic))
}
