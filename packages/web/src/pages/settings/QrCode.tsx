import { create } from 'qrcode';
import { useMemo } from 'react';
import { modulePath } from './qr-path.ts';
import styles from './PairingSettings.module.css';

// The border that readers need to find the code.
const quietModules = 4;

/** A text as a code for cameras. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = useMemo(() => create(text, { errorCorrectionLevel: 'M' }), [text]);
  const size = modules.size + 2 * quietModules;
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={modulePath(modules.data, modules.size, quietModules)} />
    </svg>
  );
}
