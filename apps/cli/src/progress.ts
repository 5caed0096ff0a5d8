import type { Language } from '@messlatte/model'
import { pick } from '@messlatte/report'

/** Says on stderr how far a run is, when somebody is watching and it takes over a second. */
export function progress(
  quiet: boolean,
  language: Language,
): { update: (bytes: number) => void; about: (what: string) => void; end: () => void } {
  const watched = process.stderr.isTTY && !quiet
  const started = performance.now()
  let shown = false
  let subject = ''
  const label = pick({ en: 'read inside', de: 'im Inneren gelesen' }, language)
  return {
    update(bytes) {
      const seconds = (performance.now() - started) / 1000
      if (!watched || seconds < 1) return
      shown = true
      process.stderr.write(
        `\r\x1b[2K${subject}${(bytes / 1e6).toFixed(0)} MB ${label} · ${seconds.toFixed(0)} s`,
      )
    },
    about(what) {
      subject = what === '' ? '' : `${what} · `
    },
    end() {
      if (shown) process.stderr.write('\r\x1b[2K')
    },
  }
}
