import { useEffect, useState } from 'react'

/** The present moment, again every minute, so that "tomorrow" and "5 min ago" stay true on a screen that stays open. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), 60_000)
    return () => window.clearInterval(timer)
  }, [])
  return now
}
