// A button that copies a text.
import { ActionIcon, CopyButton } from '@mantine/core';

/** A small button that copies a text and says that it has. */
export function Copy({ what, text }: { what: string; text: string }) {
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <ActionIcon
          size="sm"
          variant="subtle"
          color={copied ? 'teal' : 'gray'}
          aria-label={copied ? 'Copied' : `Copy ${what}`}
          title={`Copy ${what}`}
          onClick={copy}
        >
          <svg
            viewBox="0 0 24 24"
            width="15"
            height="15"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden="true"
          >
            <path d={copied ? 'M5 12.5l4.5 4.5L19 7.5' : 'M9 9h11v11H9zM5 15H4V4h11v1'} />
          </svg>
        </ActionIcon>
      )}
    </CopyButton>
  );
}
