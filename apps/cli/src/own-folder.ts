import { existsSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs'
import { CliError, cannotBeMade, notEmpty } from './errors.ts'

/** A folder that is ours to fill. */
export interface OwnFolder {
  /** Absolute, without links in it: the only place to which the sandbox may write. */
  readonly path: string
  /** Takes out what an earlier attempt has written. */
  readonly empty: () => void
  /** Takes it away where it was made for this and nothing was written. */
  readonly leave: () => void
}

/** @throws CliError when the folder is there and not empty, or cannot be made */
export function ownFolder(given: string): OwnFolder {
  const isNew = !existsSync(given)
  const path = made(given)
  if (!isNew && readdirSync(path).length > 0) throw new CliError('not-writable', notEmpty(given))
  return {
    path,
    empty() {
      for (const name of readdirSync(path)) rmSync(`${path}/${name}`, { recursive: true, force: true })
    },
    leave() {
      if (isNew && readdirSync(path).length === 0) rmdirSync(path)
    },
  }
}

function made(given: string): string {
  try {
    mkdirSync(given, { recursive: true })
    return realpathSync(given)
  } catch (cause) {
    throw new CliError('not-writable', cannotBeMade(given), cause)
  }
}
