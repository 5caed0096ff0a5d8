import type { ClientConfiguration } from './facts.ts'

/** A configuration that says nothing; readers put in what is there. */
export const EMPTY = {
  keys: [],
  sources: [],
  tlsUnchecked: false,
  slots: [],
  slotsAt: null,
  details: {},
} as const satisfies Omit<ClientConfiguration, 'client' | 'verification'>

/** A path as artefacts have it: without the leading slash. */
export function below(path: string): string {
  return path.replace(/^\/+/, '')
}
