//! What tests share: a reader at the keys, and pictures of what they see.

use std::sync::LazyLock;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use detente::action::{Effect, Input};
use detente::app::{App, Errand, Opening};
use detente::clock::Moment;
use detente::dataset::{self, Dataset};
use detente::keymap::{Keymap, Mode};
use detente::place::Place;
use detente::state::State;
use detente::study::Settings;
use detente::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

/// The shipped dataset, read once.
pub static SHIPPED: LazyLock<&'static Dataset> = LazyLock::new(|| open(dataset::SHIPPED));

/// The text of a small dataset, invented from end to end, in which every field and every word of every vocabulary comes
/// at least once.
pub const SMALL: &str = include_str!("fixtures/small.json");

/// The small dataset, read once.
pub static INVENTED: LazyLock<&'static Dataset> = LazyLock::new(|| open(SMALL));

/// A dataset that must be sound.
pub fn open(text: &str) -> &'static Dataset {
    let reading = dataset::read(text.as_bytes());
    let findings: Vec<String> = reading.findings.iter().map(ToString::to_string).collect();
    Box::leak(Box::new(reading.dataset.unwrap_or_else(|| panic!("{}", findings.join("\n")))))
}

/// Whether tests run in their long form, as `DETENTE_LONG=1 cargo test --release` asks for.
pub fn is_long() -> bool {
    std::env::var_os("DETENTE_LONG").is_some()
}

/// A reader at the keys.
pub struct Journey {
    app: App,
    size: (u16, u16),
    /// What the app asked of the shell so far.
    pub effects: Vec<Effect>,
}

impl Journey {
    /// A first start at 120×40.
    pub fn new() -> Journey {
        Journey::on(&SHIPPED, (120, 40), None, State::default())
    }

    /// A first start of the shipped dataset at an address.
    pub fn at(address: &str) -> Journey {
        Journey::sized(address, (120, 40))
    }

    /// A first start at an address in a terminal of this size.
    pub fn sized(address: &str, size: (u16, u16)) -> Journey {
        let place = Place::parse(address, &SHIPPED).unwrap_or_else(|| panic!("no place {address}"));
        Journey::on(&SHIPPED, size, Some(place), State::default())
    }

    /// A first start of the shipped dataset in a theme.
    pub fn themed(place: Place, size: (u16, u16), theme: Theme) -> Journey {
        Journey::opening(&SHIPPED, Opening { theme, ..opening(size, Some(place), State::default()) })
    }

    /// Any start in the looks and keys of the defaults.
    pub fn on(dataset: &'static Dataset, size: (u16, u16), place: Option<Place>, state: State) -> Journey {
        Journey::opening(dataset, opening(size, place, state))
    }

    /// A start for something else than exploring.
    pub fn begun(dataset: &'static Dataset, size: (u16, u16), errand: Errand, state: State) -> Journey {
        Journey::opening(dataset, Opening { errand: Some(errand), ..opening(size, None, state) })
    }

    /// Any start.
    pub fn opening(dataset: &'static Dataset, opening: Opening) -> Journey {
        let size = opening.size;
        Journey { app: App::new(dataset, opening), size, effects: Vec::new() }
    }

    /// Presses keys, spelled as in the key table, with spaces between: `j Enter C-d`.
    pub fn press(mut self, keys: &str) -> Journey {
        for key in keys.split_whitespace() {
            self.effects.extend(self.app.update(Input::Key(key_event(key))));
        }
        self
    }

    /// Types letters.
    pub fn write(mut self, text: &str) -> Journey {
        for letter in text.chars() {
            let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
            self.effects.extend(self.app.update(Input::Key(key)));
        }
        self
    }

    /// Lets anything else happen.
    pub fn happen(mut self, input: Input) -> Journey {
        if let Input::Resize(width, height) = input {
            self.size = (width, height);
        }
        self.effects.extend(self.app.update(input));
        self
    }

    /// The address of the place that is open.
    pub fn place(&self) -> String {
        self.app.place().address(&SHIPPED)
    }

    /// What the keys mean.
    pub fn mode(&self) -> Mode {
        self.app.mode()
    }

    /// Says whether every cursor stands on something.
    pub fn stands(&self) -> bool {
        self.app.stands()
    }

    /// What the app would keep.
    pub fn state(&self) -> State {
        self.app.state()
    }

    /// When the picture changes by itself.
    pub fn wakes_at(&self) -> Option<Moment> {
        self.app.wakes_at()
    }

    /// The picture as it stands.
    pub fn buffer(&self) -> Buffer {
        self.buffer_of(self.size)
    }

    /// The picture on a screen of any size, of which the app need not know.
    pub fn buffer_of(&self, size: (u16, u16)) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        terminal.draw(|frame| self.app.view(frame)).unwrap().buffer.clone()
    }

    /// The picture with its styles, as text.
    pub fn picture(&self) -> String {
        picture(&self.buffer())
    }

    /// The picture as text.
    pub fn text(&self) -> String {
        text(&self.buffer())
    }

    /// The picture without the trail in its first line.
    pub fn panes(&self) -> String {
        let mut panes = self.buffer();
        panes.content.drain(..usize::from(panes.area.width));
        picture(&panes)
    }

    /// Says whether these words stand on the screen.
    pub fn sees(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The last line of the screen.
    pub fn footer(&self) -> String {
        self.text().lines().last().unwrap_or_default().trim().to_owned()
    }
}

/// A start with the defaults.
pub fn opening(size: (u16, u16), place: Option<Place>, state: State) -> Opening {
    Opening {
        state,
        printed: None,
        place,
        errand: None,
        study: Settings::default(),
        size,
        theme: Theme::ANSI,
        keymap: Keymap::default(),
        ascii: false,
        mouse: false,
    }
}

/// The key that the table spells so.
pub fn key_event(spelled: &str) -> KeyEvent {
    let (modifiers, name) = match spelled.split_once('-') {
        Some(("C", name)) => (KeyModifiers::CONTROL, name),
        Some(("M", name)) => (KeyModifiers::ALT, name),
        Some(("S", name)) => (KeyModifiers::SHIFT, name),
        _ => (KeyModifiers::NONE, spelled),
    };
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Tab" if modifiers == KeyModifiers::SHIFT => KeyCode::BackTab,
        "Tab" => KeyCode::Tab,
        "Esc" => KeyCode::Esc,
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Space" => KeyCode::Char(' '),
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        name => match name.strip_prefix('F').and_then(|number| number.parse().ok()) {
            Some(number) => KeyCode::F(number),
            None => KeyCode::Char(name.chars().next().unwrap_or(' ')),
        },
    };
    KeyEvent::new(code, modifiers)
}

/// A buffer as text, without spaces at the ends of lines.
pub fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut row = String::new();
        let mut covered = 0;
        for cell in cells {
            if covered == 0 {
                row.push_str(cell.symbol());
                covered = unicode_width::UnicodeWidthStr::width(cell.symbol());
            }
            covered = covered.saturating_sub(1);
        }
        row.trim_end().to_owned()
    };
    buffer.content.chunks(width).map(row).collect::<Vec<_>>().join("\n")
}

/// A buffer as text, followed by a map of its styles: a letter for each style, a dot for none.
pub fn picture(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let mut styles: Vec<String> = Vec::new();
    let mut letter = |cell: &ratatui::buffer::Cell| {
        let name = style_name(cell.fg, cell.bg, cell.modifier);
        if name.is_empty() {
            return '.';
        }
        let at = styles.iter().position(|style| *style == name).unwrap_or_else(|| {
            styles.push(name);
            styles.len() - 1
        });
        char::from(b'a' + at as u8)
    };
    let rows: Vec<String> =
        buffer.content.chunks(width).map(|row| row.iter().map(&mut letter).collect::<String>()).collect();
    let legend: Vec<String> =
        styles.iter().enumerate().map(|(at, name)| format!("{} {name}", char::from(b'a' + at as u8))).collect();
    format!("{}\n\n{}\n\n{}", text(buffer), rows.join("\n"), legend.join("\n"))
}

fn style_name(foreground: Color, background: Color, modifier: Modifier) -> String {
    let mut words = Vec::new();
    if foreground != Color::Reset {
        words.push(foreground.to_string());
    }
    if background != Color::Reset {
        words.push(format!("on {background}"));
    }
    words.extend(modifier.iter_names().map(|(name, _)| name.to_lowercase()));
    words.join(" ")
}
