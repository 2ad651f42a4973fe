import { ActionIcon, createTheme, Input, Menu, Modal, Popover, SegmentedControl, Tooltip } from '@mantine/core'

import classes from './theme.module.css'

const own = (name: string): string => classes[name] ?? ''

/** How Mantine's parts look here. Colours come from tokens.css through the variables in base.css. */
export const theme = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Input: Input.extend({ defaultProps: { size: 'xs' }, classNames: { input: own('input'), wrapper: own('inputWrapper') } }),
    InputWrapper: Input.Wrapper.extend({
      classNames: { label: own('label'), description: own('description'), error: own('error') },
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    // Without a scroll lock Mantine injects no <style>; the page itself never scrolls.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, radius: 'md', yOffset: '12vh', transitionProps: { duration: 120 }, closeButtonProps: { 'aria-label': 'Close', size: 28, iconSize: 16 } },
      classNames: { content: own('modal'), header: own('modalHeader'), title: own('modalTitle'), body: own('modalBody'), overlay: own('overlay') },
    }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 90 } },
      classNames: { dropdown: own('dropdown'), item: own('menuItem'), label: own('menuLabel') },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 90 } }, classNames: { dropdown: own('dropdown') } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false }, classNames: { tooltip: own('tooltip') } }),
    ActionIcon: ActionIcon.extend({ classNames: { root: own('actionIcon') } }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs', withItemsBorders: false, transitionDuration: 0 },
      classNames: { root: own('segments'), label: own('segment'), indicator: own('segmentIndicator') },
    }),
  },
})
