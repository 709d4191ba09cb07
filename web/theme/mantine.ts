import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#f1f2fd",
  "#dfe2fb",
  "#b4bcff",
  "#9ba5ff",
  "#7f8af0",
  "#6873e0",
  "#545fd0",
  "#4450c0",
  "#3842a6",
  "#2d3687",
];

/** The tokens of `tokens.css` in Mantine's words. */
export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  defaultRadius: 6,
  respectReducedMotion: true,
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-mono)",
  fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "16px", xl: "22px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  colors: { accent },
  components: {
    // Said outright, so that the button carries its variant and takes the colours of controls.css.
    Button: { defaultProps: { variant: "filled" } },
    // A cross alone says nothing to those who hear it.
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
  },
});

/** One set of variables for both schemes: the tokens themselves change with the scheme. */
export const variables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--surface-0)",
    "--mantine-color-text": "var(--text-1)",
    "--mantine-color-dimmed": "var(--text-3)",
    "--mantine-color-placeholder": "var(--text-3)",
    "--mantine-color-default": "var(--surface-1)",
    "--mantine-color-default-hover": "var(--surface-2)",
    "--mantine-color-default-border": "var(--line-2)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--bad)",
  };
  return { variables: {}, light: shared, dark: shared };
};
