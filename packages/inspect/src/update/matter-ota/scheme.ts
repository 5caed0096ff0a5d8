import type { UpdateWords } from '../package/scheme.ts'

export const MATTER_OTA: UpdateWords = {
  name: 'matter-ota',
  it: { en: 'The Matter OTA file', de: 'Die Matter-OTA-Datei' },
  of: { en: 'of the Matter OTA file', de: 'der Matter-OTA-Datei' },
  repeat: 'ota_image_tool.py show FILE.ota (connectedhomeip)',
}
