import type { German } from './german.ts'

/** What readers of disks and their images say. */
export const DISKS: German = {
  'a CRC in between differs': 'eine CRC dazwischen weicht ab',
  'a chunk of over 64 MiB': 'ein Chunk von über 64 MiB',
  'a stored chunk of another length': 'ein gespeicherter Chunk anderer Länge',
  'a table of grains stands twice': 'eine Grain-Tabelle kommt doppelt vor',
  'a table of the second level stands twice': 'eine Tabelle der zweiten Ebene kommt doppelt vor',
  'a table without its magic': 'eine Tabelle ohne Kennung',
  'all of it lies in an external data file': 'alles davon liegt in einer externen Datendatei',
  'chunk {1} of {2} is none': 'Chunk {1} von {2} ist keiner',
  'chunks of a kind 0x{1}': 'Chunks der Art 0x{1}',
  'chunks that lie over each other, or outside of the disk':
    'Chunks, die übereinander oder außerhalb des Datenträgers liegen',
  'encrypted (AES)': 'verschlüsselt (AES)',
  'encrypted (LUKS)': 'verschlüsselt (LUKS)',
  'encrypted with {name}, which is not read here': 'verschlüsselt mit {name}, das hier nicht gelesen wird',
  'encrypted with {name}; --key FILE opens it with a passphrase':
    'verschlüsselt mit {name}; --key FILE öffnet es mit einer Passphrase',
  'encrypted with {name}; its sectors have integrity tags':
    'verschlüsselt mit {name}; seine Sektoren haben Integritäts-Tags',
  'encrypted with {name}; none of the keys handed in opens it':
    'verschlüsselt mit {name}; keiner der übergebenen Schlüssel öffnet es',
  'encrypted with {name}; where its key is kept is not told':
    'verschlüsselt mit {name}; wo sein Schlüssel liegt, ist nicht angegeben',
  'features that are not known (0x{1}): it may be wrong':
    'unbekannte Merkmale (0x{1}): der Inhalt kann falsch sein',
  'it has over {1} stretches in several parts; it is not put together':
    'hat über {1} Abschnitte in mehreren Teilen; es wird nicht zusammengesetzt',
  'it is not one that lies on this device alone, piece behind piece':
    'liegt nicht allein und Stück hinter Stück auf diesem Gerät',
  'it overlaps the one before': 'überlappt mit dem davor',
  'it was not closed: changes may lie in its log, which is not read':
    'nicht geschlossen: Änderungen können im Protokoll liegen, das nicht gelesen wird',
  'its blocks lie in too many pieces': 'die Blöcke liegen in zu vielen Stücken',
  'its compression is not known': 'die Kompression ist nicht bekannt',
  'its key takes {1} passes of Argon2 over {2} KiB':
    'der Schlüssel braucht {1} Durchgänge von Argon2 über {2} KiB',
  'its key takes {1} rounds of PBKDF2': 'der Schlüssel braucht {1} Runden von PBKDF2',
  'its slots are encrypted with {name}': 'die Slots sind mit {name} verschlüsselt',
  'less comes out of a chunk than it has': 'ein Chunk ergibt weniger, als er enthält',
  'no list of tables': 'keine Liste der Tabellen',
  'no text that describes the group': 'kein Text, der die Gruppe beschreibt',
  'not tried: more than {1} tries': 'nicht versucht: mehr als {1} Versuche',
  'not tried: {message}': 'nicht versucht: {message}',
  'over {1} chunks': 'über {1} Chunks',
  'packed grains without marks': 'gepackte Grains ohne Markierungen',
  'the CRC of the bitmap differs': 'die CRC der Bitmap weicht ab',
  'the CRC of the chunks differs': 'die CRC der Chunks weicht ab',
  'the chunks have {1} bytes, the header says {2}': 'die Chunks haben {1} Bytes, der Header sagt {2}',
  'the disk lies in too many pieces': 'der Datenträger liegt in zu vielen Stücken',
  'the header at the end is damaged': 'der Header am Ende ist beschädigt',
  'the header in front is damaged; the one at the end is taken':
    'der Header am Anfang ist beschädigt; der am Ende wird genommen',
  'the image ends before its last chunk does': 'das Image endet vor seinem letzten Chunk',
  'the image ends early': 'das Image endet vorzeitig',
  'the image ends early: {1} bytes are shown as zeros':
    'das Image endet vorzeitig: {1} Bytes werden als Nullen gezeigt',
  'the image ends within a chunk': 'das Image endet innerhalb eines Chunks',
  'the image ends within its blocks': 'das Image endet innerhalb seiner Blöcke',
  'the image has no footer': 'das Image hat keinen Footer',
  'the last block is not whole': 'der letzte Block ist unvollständig',
  'the list of logical partitions breaks off': 'die Liste der logischen Partitionen bricht ab',
  'the table of partitions is damaged': 'die Partitionstabelle ist beschädigt',
  'this version of Node.js has no Argon2': 'diese Version von Node.js hat kein Argon2',
  'what follows is encrypted with {name}; where it ends is not told':
    'was folgt, ist mit {name} verschlüsselt; wo es endet, ist nicht angegeben',
  'what is not in this file lies in "{name}", and is zero here':
    'was nicht in dieser Datei ist, liegt in „{name}“; hier stehen Nullen',
  'what is not in this file lies in its backing file "{name}", and is zero here':
    'was nicht in dieser Datei ist, liegt in ihrer Basisdatei „{name}“; hier stehen Nullen',
  'what is not in this file lies in the image it was made from, and is zero here':
    'was nicht in dieser Datei ist, liegt im Image, aus dem sie entstand; hier stehen Nullen',
  '{1} blocks are damaged and shown as zeros': '{1} Blöcke sind beschädigt und werden als Nullen gezeigt',
  '{1} checksums of blocks differ': '{1} Prüfsummen von Blöcken weichen ab',
  '{1} packed blocks are damaged and shown as zeros':
    '{1} gepackte Blöcke sind beschädigt und werden als Nullen gezeigt',
  '{1} snapshots are not there': '{1} Snapshots fehlen',
}
