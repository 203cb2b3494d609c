package io.tollgate.notification.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An event that is told again must find its notice. */
class NoticeIdTest {

  @Test
  void theIdOfAnEventsNoticeIsPinned() {
    assertThat(EventNotices.noticeId("bill-booked:bill-1").value())
        .isEqualTo("n-81c22e3e10ebdd6feb1b506fad38207c");
  }
}
