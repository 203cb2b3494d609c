package io.tollgate.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void aTitleIsOneLineSoThatItCannotSmuggleAHeaderIntoAnEmail() {
    assertThatThrownBy(() -> new NoticeText("Hello\r\nBcc: all@example.com", "body"))
        .hasMessageContaining("one line");
    assertThatThrownBy(() -> new NoticeText(" ", "body")).hasMessageContaining("one line");
    assertThatThrownBy(() -> new NoticeText("x".repeat(201), "body"))
        .hasMessageContaining("1 to 200");
    assertThatThrownBy(() -> new NoticeText("title", "")).hasMessageContaining("body");
    assertThat(new NoticeText("x".repeat(200), "y".repeat(20_000)).title()).hasSize(200);
  }

  @Test
  void aLanguageThatIsNotWrittenIsShownInEnglish() {
    Texts texts = new Texts(new NoticeText("Hello", "body"), new NoticeText("你好", "正文"));
    assertThat(texts.in(Language.of("zh-Hans")).title()).isEqualTo("你好");
    assertThat(texts.in(Language.of("ZH")).title()).isEqualTo("你好");
    assertThat(texts.in(Language.of("de")).title()).isEqualTo("Hello");
    assertThat(Language.ZH.tag()).isEqualTo("zh");
  }
}
