import { createHash } from 'node:crypto'
import { decodeName } from '../names.ts'

/** What file systems allow for one name, in bytes, with room for a suffix. */
const LONGEST_NAME = 240

/**
 * Where a nest path is written below the output folder: the bytes of each name, unless they would leave the folder or
 * mean something to the host; those stay escaped. Never starts with a separator and never leads upwards.
 */
export function placeOf(path: string): readonly Buffer[] {
  return path.split('/').map(safeName)
}

/** One or more names of printable ASCII that mean nothing to the host and are short enough. */
const PLAIN = /^(?!\.{0,2}(?:\/|$))(?:[ -$&-.0-[\]-~]{1,240}(?:$|\/(?!\.{0,2}(?:\/|$))))+$/

/** Whether a nest path is written under another name than the image has. */
export function isRenamed(path: string): boolean {
  return (
    !PLAIN.test(path) &&
    path.split('/').some((component) => !safeName(component).equals(decodeName(component)))
  )
}

function safeName(component: string): Buffer {
  const decoded = decodeName(component)
  const text = decoded.toString('latin1')
  const unsafe = text === '' || text === '.' || text === '..' || /[/\\\0]/.test(text)
  const name = unsafe ? Buffer.from(escaped(component), 'utf8') : decoded
  if (name.length <= LONGEST_NAME) return name
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12)
  return Buffer.concat([name.subarray(0, LONGEST_NAME - 13), Buffer.from(`~${digest}`)])
}

/** A component that would mean something to the host, in a form that does not. */
function escaped(component: string): string {
  const text = component.replaceAll('/', '%2F').replaceAll('\\', '%5C').replaceAll('\0', '%00')
  return /^\.{0,2}$/.test(text) ? text.replaceAll('.', '%2E') || '%' : text
}

/**
 * A link's target as it may be written: relative, and inside of the container (`root`) that holds it; undefined where
 * it leads outside. An absolute target is meant from the container's own root.
 * @param place components of the link's own place
 * @param rootLength how many of them belong to the container
 */
export function linkTarget(target: string, place: readonly Buffer[], rootLength: number): string | undefined {
  const inside = place.slice(rootLength, -1).map((part) => part.toString('latin1'))
  const steps = target.startsWith('/') ? [] : [...inside]
  for (const step of decodeName(target).toString('latin1').split('/')) {
    if (step === '' || step === '.') continue
    if (step !== '..') steps.push(step)
    else if (steps.length > 0) steps.pop()
    else if (!target.startsWith('/')) return undefined
  }
  const shared = inside.findIndex((part, index) => part !== steps[index])
  const common = shared < 0 ? inside.length : shared
  return [...inside.slice(common).map(() => '..'), ...steps.slice(common)].join('/') || '.'
}

/** Where a nest path is written below a folder of the host, as its calls take it; the folder itself for an empty one. */
export function hostPathOf(folder: string, path: string): string | Buffer {
  if (path === '') return folder
  return PLAIN.test(path) ? `${folder}/${path}` : hostPath(folder, placeOf(path))
}

/** A place below a folder of the host, as its calls take it. */
export function hostPath(folder: string, place: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(folder, 'utf8'), ...place.flatMap((part) => [Buffer.from('/'), part])])
}
