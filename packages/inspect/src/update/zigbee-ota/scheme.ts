import type { UpdateWords } from '../package/scheme.ts'

export const ZIGBEE_OTA: UpdateWords = {
  name: 'zigbee-ota',
  it: { en: 'The Zigbee OTA file', de: 'Die Zigbee-OTA-Datei' },
  of: { en: 'of the Zigbee OTA file', de: 'der Zigbee-OTA-Datei' },
  repeat:
    'image-builder --print FILE.ota (Silicon Labs); elements by their tags, each u16 tag and u32 length',
}
