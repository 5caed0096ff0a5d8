import { text } from '../outcome/say.ts'

export const FILE = text('the file that the signature is for', 'die Datei, für die die Signatur ist')
export const NOT_PREPARED = text(
  'The image holds no customer key or no signature of its configuration: what the maker of the board signed verifies nothing that is started next. Another EEPROM image may be delivered.',
  'Das Image enthält keinen Kundenschlüssel oder keine Signatur seiner Konfiguration: Was der Hersteller der Platine signiert hat, prüft nichts, was danach gestartet wird. Ausgeliefert werden kann ein anderes EEPROM-Image.',
)
