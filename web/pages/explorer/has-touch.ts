/** Whether the main way of pointing is a finger: the words for gestures differ. */
export const hasTouch = (): boolean => matchMedia("(pointer: coarse)").matches;
