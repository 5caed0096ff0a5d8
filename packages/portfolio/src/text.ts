import type { Text } from '@messlatte/model'

export function text(en: string, de: string): Text {
  return { en, de }
}
