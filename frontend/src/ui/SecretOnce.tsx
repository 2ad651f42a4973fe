import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'

import { Button } from './Button'
import classes from './dialogForm.module.css'

/** A secret at the one moment that it can be seen. */
export function SecretOnce({ secret, onClose, children }: { readonly secret: string; readonly onClose: () => void; readonly children: ReactNode }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no')
  async function copy() {
    try {
      await navigator.clipboard.writeText(secret)
      setCopied('yes')
    } catch {
      setCopied('refused')
    }
  }
  return (
    <div className={classes.form}>
      {children}
      <div className={classes.secret}>
        <code>{secret}</code>
        <Button icon={copied === 'yes' ? <IconCheck size={16} stroke={1.75} aria-hidden="true" /> : <IconCopy size={16} stroke={1.5} aria-hidden="true" />} onClick={() => void copy()}>
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p className="t3 f12" role="status">
        {copied === 'refused' && 'The browser did not allow copying. Select it and copy it.'}
      </p>
      <div className={classes.actions}>
        <Button variant="primary" onClick={onClose}>
          I have kept it
        </Button>
      </div>
    </div>
  )
}
