import type { SystemRelease } from '../facts.ts'

export const RELEASE_FILES: readonly RegExp[] = [
  /(?:^|\/)(?:etc|usr\/lib)\/os-release$/,
  /(?:^|\/)(?:system|vendor|product|odm)?\/?(?:system\/)?build\.prop$/,
]

/** The name and version that a system gives itself. @param text one character per byte */
export function readRelease(inner: string, text: string): SystemRelease | undefined {
  if (/build\.prop$/.test(inner)) {
    const version = property(text, 'ro.build.version.release')
    return version === undefined ? undefined : { id: 'android', version }
  }
  const id = variable(text, 'ID')
  const version = variable(text, 'VERSION_ID') ?? variable(text, 'VERSION')
  return id === undefined ? undefined : { id, ...(version === undefined ? {} : { version }) }
}

function property(text: string, name: string): string | undefined {
  return new RegExp(`^${name.replaceAll('.', '\\.')}=(.+?)\\s*$`, 'm').exec(text)?.[1]
}

/** `NAME=value`, `NAME="value"`, `NAME='value'`. */
function variable(text: string, name: string): string | undefined {
  const match = new RegExp(`^${name}=(?:"([^"\\n]*)"|'([^'\\n]*)'|(\\S*))`, 'm').exec(text)
  const value = match?.[1] ?? match?.[2] ?? match?.[3]
  return value === '' ? undefined : value
}
