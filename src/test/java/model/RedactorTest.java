package model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://me:s3cret@host/a             | https://host/a
          https://me@host/a                    | https://host/a
          https://host/a?token=s3cret          | https://host/a?token=***
          https://host/a?page=1&api_key=s3cret | https://host/a?page=1&api_key=***
          https://host/a?apiKey=s3cret&page=1  | https://host/a?apiKey=***&page=1
          https://host/a?key=s3cret#top        | https://host/a?key=***#top
          https://host/a?app_token=s3cret      | https://host/a?app_token=***
          https://host/a?X-Amz-Signature=s3cret| https://host/a?X-Amz-Signature=***
          https://host/a?ACCESS_KEY=s3cret     | https://host/a?ACCESS_KEY=***
          https://host/a?accessKeyId=s3cret    | https://host/a?accessKeyId=***
          https://host/a?client_secret=s3cret  | https://host/a?client_secret=***
          https://host/a?user[password]=s3cret | https://host/a?user[password]=***
          https://host/a?sig=s3cret            | https://host/a?sig=***
          https://host/a;jsessionid=s3cret?b=1 | https://host/a;jsessionid=***
          doc/17.pdf%3Ftoken=s3cret            | doc/17.pdf%3Ftoken=***
          """)
  void secretsInAnAddressAreLeftOut(String address, String shown) {
    assertThat(Redactor.redact(address)).isEqualTo(shown);
  }

  @Test
  void everyAddressInATextIsCleaned() {
    assertThat(
            Redactor.redact(
                "GET http://a:b@host/x?token=1 led to https://host/y?page=2&key=3: 403, not \"4\""))
        .isEqualTo(
            "GET http://host/x?token=*** led to https://host/y?page=2&key=*** 403, not \"4\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host/list?page={page}&keyword=land&monkey=1&state_code=2&design=2&passage=3",
        "write to someone@example.org",
        "https://host/a@b?c=d",
        "page 7: none of its 100 documents could be had: key=3"
      })
  void everythingElseStays(String text) {
    assertThat(Redactor.redact(text)).isEqualTo(text);
  }
}
