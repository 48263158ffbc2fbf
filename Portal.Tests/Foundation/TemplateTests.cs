namespace Portal.Tests.Foundation;

/// <summary>What may be written in a template, and what is said of what may not.</summary>
public class TemplateTests
{
    private static readonly TemplateRules Rules = new(
    [
        new("name", VariableKind.Text, "", "Rudo") { IsOptional = true },
        new("amount", VariableKind.Money, "", new Money(1, Currency.Usd)) { IsOptional = true },
        new("day", VariableKind.Day, "", new DateOnly(2026, 11, 28)) { IsOptional = true },
        new("when", VariableKind.Moment, "", DateTime.UnixEpoch) { IsOptional = true },
        new("count", VariableKind.Number, "", 1) { IsOptional = true },
        new("link", VariableKind.Url, "", "/") { IsOptional = true },
        new("outside", VariableKind.Url, "", "https://example.com") { IsOptional = true, LeadsElsewhere = true },
        new("items", VariableKind.List, "", Array.Empty<TemplateItem>()) { IsOptional = true },
    ],
    new("https://portal.test/"));

    [Theory]
    [InlineData("Hello {{ nmae }}", "unknown_variable", 1, 7)]
    [InlineData("a\n\nHello {{ name", "unclosed_brace", 3, 7)]
    [InlineData("Hello name }} x", "unclosed_brace", 1, 12)]
    [InlineData("{{ name | there }}", "bad_place", 1, 1)]
    [InlineData("{{ name.length }}", "bad_place", 1, 1)]
    [InlineData("{{ constructor }}", "unknown_variable", 1, 1)]
    [InlineData("This is **bold", "unclosed_bold", 1, 9)]
    [InlineData("[Open]({{ name }})", "wrong_type", 1, 8)]
    [InlineData("[Open](https://evil.example/)", "bad_link", 1, 8)]
    [InlineData("[Open](javascript:alert(1))", "bad_link", 1, 8)]
    [InlineData("[Open](//evil.example)", "bad_link", 1, 8)]
    [InlineData("[Open](/\\evil.example)", "bad_link", 1, 8)]
    [InlineData("[Open](https://portal.test@evil.example/)", "bad_link", 1, 8)]
    [InlineData("[Open]({{ link }}/more)", "bad_link", 1, 8)]
    [InlineData("a\n\n[loop] {{ items }}", "unknown_block", 3, 1)]
    [InlineData("[button] Open it", "bad_link", 1, 10)]
    [InlineData("[items] {{ name }}", "wrong_type", 1, 9)]
    [InlineData("Look: {{ items }}", "wrong_type", 1, 1)]
    [InlineData("**{{ items }}**", "wrong_type", 1, 1)]
    [InlineData("   \n ", "empty", 1, 1)]
    public void What_is_wrong_is_said_with_its_place(string body, string code, int line, int column)
    {
        var problem = Assert.Single(TemplateText.Read("Subject", body, Rules).Problems);
        Assert.Equal((code, "body", line, column), (problem.Code, problem.Field, problem.Line, problem.Column));
        Assert.Equal(body.Split('\n').Take(line - 1).Sum(l => l.Length + 1) + column - 1, problem.Position);
        Assert.NotEmpty(problem.Message);
    }

    [Fact]
    public void A_name_that_was_nearly_right_is_named() =>
        Assert.Contains("Did you mean name?", Assert.Single(TemplateText.Read("{{ nam }}", "x", Rules).Problems).Words(isOneLine: true), StringComparison.Ordinal);

    [Fact]
    public void Too_long_is_said_of_either_field() => Assert.Equal(
        [("too_long", "subject"), ("too_long", "body")],
        TemplateText.Read(new('x', 201), new('x', 20_001), Rules).Problems.Select(p => (p.Code, p.Field)));

    [Fact]
    public void A_list_cannot_stand_in_a_subject_and_a_subject_has_no_marks()
    {
        Assert.Equal("wrong_type", Assert.Single(TemplateText.Read("{{ items }}", "x", Rules).Problems).Code);
        Assert.Equal("**5** [x](y)", MailPlain.OneLine(TemplateText.Read("**5** [x](y)", "x", Rules).Subject, Values()));
    }

    [Fact]
    public void What_opens_a_door_stands_in_no_subject()
    {
        var text = TemplateText.Read("Hi, {{ code | \"x\" }} is it", "[code] {{ code }}", new([new("code", VariableKind.Text, "", "1") { IsSecret = true }], Rules.Portal));
        Assert.Equal(("secret", "subject", 4), Assert.Single(text.Problems) is var problem ? (problem.Code, problem.Field, problem.Position) : default);
    }

    [Theory]
    [InlineData("en-GB", "Africa/Harare", "36.40 $|28 November 2026|21 November 2026, 10:15 (UTC+2)|48,210")]
    [InlineData("en-US", "America/New_York", "36.40 $|November 28, 2026|November 21, 2026, 3:15 AM (UTC−5)|48,210")]
    [InlineData("en-IN", "Asia/Kolkata", "36.40 $|28 November, 2026|21 November, 2026, 1:45 pm (UTC+5:30)|48,210")]
    public void Values_are_written_as_the_reader_writes_them(string culture, string zone, string expected)
    {
        var values = Values(culture, zone, ("amount", new Money(3640, Currency.Usd)), ("day", new DateOnly(2026, 11, 28)), ("when", new DateTime(2026, 11, 21, 8, 15, 0, DateTimeKind.Utc)), ("count", 48_210));
        var written = MailPlain.OneLine(TemplateText.Read("{{ amount }}|{{ day }}|{{ when }}|{{ count }}", "x", Rules).Subject, values);
        Assert.Equal(expected.Replace("36.40 $", "$36.40", StringComparison.Ordinal), written.Replace('\u202f', ' ').Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData(-3640, "USD", "−$36.40")]
    [InlineData(120, "CRD", "120 credits")]
    [InlineData(1, "CRD", "1 credit")]
    [InlineData(500, "JPY", "¥500")]
    [InlineData(500, "CHF", "CHF 5.00")]
    public void Money_has_its_sign_and_a_real_minus(long minor, string currency, string expected) =>
        Assert.Equal(expected, new Money(minor, Currency.Of(currency)).Written(System.Globalization.CultureInfo.GetCultureInfo("en-GB")).Replace('\u00a0', ' '));

    [Fact]
    public void What_is_filled_in_is_never_markup_and_never_HTML()
    {
        var text = TemplateText.Read("x", "Hello {{ name }}, **{{ name }}**\n\n[button] [Open {{ name }}]({{ link }})", Rules);
        var values = Values(("name", "<script>alert(1)</script> **{{ link }}** [a](https://evil.example) \"'"), ("link", "/in?a=1&b=%22%3E"));
        var html = MailHtml.Body(text, values);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"https://evil", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; **{{ link }}** [a](https://evil.example) &quot;&#x27;", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://portal.test/in?a=1&amp;b=%22%3E\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link", "https://evil.example/")]
    [InlineData("link", "javascript:alert(1)")]
    [InlineData("link", "//evil.example")]
    [InlineData("link", "http://portal.test/")] // another scheme is another site
    [InlineData("outside", "javascript:alert(1)")]
    [InlineData("outside", "ftp://example.com/")]
    [InlineData("name", 5)]
    [InlineData("count", "5")]
    public void A_value_that_does_not_fit_is_a_bug_and_no_mail(string name, object value) =>
        Assert.Throws<InvalidOperationException>(() => Values((name, value)));

    [Fact]
    public void What_is_declared_to_lead_elsewhere_may()
    {
        var html = MailHtml.Body(TemplateText.Read("x", "[Look]({{ outside }})", Rules), Values(("outside", "https://example.com/a")));
        Assert.Contains("href=\"https://example.com/a\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void One_source_is_text_and_HTML()
    {
        var text = TemplateText.Read("x", """
            # Hello {{ name | "there" }}

            One
            **two** \* \[three]

            - a
            - b

            [info] Day: **{{ day }}**
            second

            [quote] {{ name }}

            [button] [Open]({{ link }})
            """, Rules);
        Assert.Empty(text.Problems);
        var values = Values(("day", new DateOnly(2026, 11, 28)), ("link", "/x"));
        var (html, plain) = (MailHtml.Body(text, values), MailPlain.Write(text, values, new("Ours", "1 Road", "Because.", "en", new("https://portal.test/p"), new("https://portal.test/u"))));
        Assert.Equal(
            "Hello there\n-----------\n\nOne\ntwo * [three]\n\n- a\n- b\n\n  Day: 28 November 2026\n  second\n\nOpen:\n\n    https://portal.test/x\n\n-- \nBecause.\nChoose what you hear by e-mail: https://portal.test/p\nUnsubscribe: https://portal.test/u\nOurs, 1 Road\n",
            plain);
        Assert.Equal(2, html.Split("<li").Length - 1);
        Assert.Contains("<b>two</b> * [three]", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"quote\"", html, StringComparison.Ordinal); // its value is not there, and a box of nothing says nothing
    }

    [Fact]
    public void A_very_long_value_is_cut_and_no_character_in_two()
    {
        var written = MailPlain.Words(TemplateText.Read("{{ name }}", "x", Rules).Subject, Values(("name", new string('x', 3999) + "😀😀")));
        Assert.Equal(new string('x', 3999) + "…", written);
    }

    private static TemplateValues Values(params (string Name, object Value)[] values) => Values("en-GB", "UTC", values);

    private static TemplateValues Values(string culture, string zone, params (string Name, object Value)[] values) =>
        new(Rules, values.ToDictionary(v => v.Name, v => (object?)v.Value), System.Globalization.CultureInfo.GetCultureInfo(culture), Zone.Of(zone));
}
