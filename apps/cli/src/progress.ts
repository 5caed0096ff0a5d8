import type { Language } from '@messlatte/model'
import { pick } from '@messlatte/report'

export interface Progress {
  readonly update: (bytes: number) => void
  /** The same for one of several runs at once: what they have read is added up. */
  readonly part: () => (bytes: number) => void
  readonly about: (what: string) => void
  readonly end: () => void
}

/** Says on stderr how far a run is, when somebody is watching and it takes over a second. */
export function progress(quiet: boolean, language: Language): Progress {
  const watched = process.stderr.isTTY && !quiet
  const started = performance.now()
  let shown = false
  let subject = ''
  const label = pick({ en: 'read inside', de: 'im Inneren gelesen' }, language)
  const parts: number[] = []
  function update(bytes: number): void {
    const seconds = (performance.now() - started) / 1000
    if (!watched || seconds < 1) return
    shown = true
    process.stderr.write(
      `\r\x1b[2K${subject}${(bytes / 1e6).toFixed(0)} MB ${label} · ${seconds.toFixed(0)} s`,
    )
  }
  return {
    update,
    part() {
      const index = parts.push(0) - 1
      return (bytes) => {
        parts[index] = bytes
        update(parts.reduce((sum, one) => sum + one, 0))
      }
    },
    about(what) {
      subject = what === '' ? '' : `${what} · `
    },
    end() {
      if (shown) process.stderr.write('\r\x1b[2K')
    },
  }
}
