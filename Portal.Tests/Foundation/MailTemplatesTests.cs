using System.Text.RegularExpressions;

namespace Portal.Tests.Foundation;

/// <summary>Every mail of the portal, as it is with nobody's changes.</summary>
public sealed partial class MailTemplatesTests
{
    private static readonly string[] Promised =
    [
        "payment_confirmed", "invoice_created", "invoice_reminder", "invoice_overdue", "message_received", "task_assigned", "task_completed", "task_overdue", "content_approved",
        "content_rejected", "content_posted", "website_phase_completed", "website_demo_ready", "course_enrolled", "course_completed", "subscription_activated",
        "subscription_renewal_reminder", "subscription_cancelled", "verify_email", "welcome", "invitation", "reset_code", "sign_in_code", "email_changed_farewell", "digest",
    ];

    public static TheoryData<string> Keys => [.. MailTemplates.All.Select(t => t.Key)];

    [Fact]
    public void All_that_were_promised_are_there_and_each_type_of_notification_has_one()
    {
        Assert.Equal(MailTemplates.All.Count, MailTemplates.All.Select(t => t.Key).Distinct().Count());
        Assert.Empty(Promised.Concat(Core.Reactions.Notifications.NotificationTypes.All.Select(t => t.Key)).Except(MailTemplates.All.Select(t => t.Key)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Each_has_words_that_can_be_read_and_names_all_that_it_declares(string key)
    {
        var template = MailTemplates.Of(key);
        var (words, composer) = (template.Text, Composer());
        Assert.Empty(composer.Read(template, words.Subject, words.Body).Problems);
        Assert.All(new[] { words.Name, words.About }, line => Assert.DoesNotContain('{', line));
        Assert.All(template.Variables.Except(MailVariables.Everywhere), v => Assert.Matches($@"{{{{ {v.Name}\b", words.Subject + words.Body));
        Assert.All(template.Variables, v => Assert.True(v.Takes(v.Sample), v.Name));
        Assert.NotEmpty(composer.Variables(template));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Each_is_a_whole_mail_in_both_parts(string key)
    {
        await using var house = await TestDatabase.NewAsync();
        await using var db = house.Open();
        var template = MailTemplates.Of(key);
        var samples = template.Variables.ToDictionary(v => v.Name, v => (object?)v.Sample);
        var mail = await Composer().ComposeAsync(db, key, new("Rudo <b>", Zone.Of("Africa/Harare"), "en-GB"), samples, new("/settings", "/unsubscribe?t=1"), Ct);

        Assert.InRange(mail.Subject.Length, 5, 120);
        Assert.DoesNotContain("{{", mail.Subject + mail.Text + Styles().Replace(mail.Html, ""), StringComparison.Ordinal);
        Assert.DoesNotContain("**", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", mail.Text.Replace("Rudo <b>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(!template.IsToUnknown, mail.Text.Contains("Rudo", StringComparison.Ordinal));
        Assert.Equal(!template.IsToUnknown, mail.Html.Contains("Rudo &lt;b&gt;", StringComparison.Ordinal));
        Assert.Contains("You get this e-mail because", mail.Text, StringComparison.Ordinal);
        Assert.All(new[] { mail.Text, mail.Html }, part => Assert.Contains("https://portal.test/unsubscribe?t=1", part, StringComparison.Ordinal));
        Assert.Equal(template.Variables.Any(v => v.Name == "link") && template.Text.Body.Contains("{{ link }}", StringComparison.Ordinal), Regex.IsMatch(mail.Text, @"\n    https://portal\.test/") && template.Variables.Any(v => v.Name == "link"));
        Assert.All(Address().Matches(mail.Html), found => Assert.StartsWith("https://portal.test/", found.Groups[1].Value, StringComparison.Ordinal));
        Assert.DoesNotContain("<img", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<meta name=\"color-scheme\" content=\"light dark\">", mail.Html, StringComparison.Ordinal);
        Assert.Contains("@media (prefers-color-scheme:dark)", mail.Html, StringComparison.Ordinal);
        if (template.Category is MailCategory.SignIn && template.Variables.Any(v => v.Name == "code"))
            Assert.Single(Regex.Matches(mail.Text, @"\d{6}"));
    }

    [Fact]
    public void No_words_are_kept_that_no_template_has() => Assert.All(
        MailTexts.Keys.Where(k => !k.StartsWith("frame.", StringComparison.Ordinal)), key => Assert.NotNull(MailTemplates.Find(key)));

    [Fact]
    public async Task The_agency_signs_with_its_name_and_its_address_and_both_are_escaped()
    {
        await using var house = await TestDatabase.NewAsync();
        await house.AddAsync(new Agency { Name = "Fish & <Chips>", Address = { Line1 = "1 Road", City = "Harare", Country = "ZW" } });
        await using var db = house.Open();
        var mail = await Composer().ComposeAsync(db, "mail_test", Addressee.Of("Rudo"), new Dictionary<string, object?> { ["link"] = "/x", ["when"] = house.Clock.Now() }, ct: Ct);
        Assert.EndsWith("Fish & <Chips>, 1 Road, Harare, Zimbabwe\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Fish &amp; &lt;Chips&gt;", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<Chips>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Unsubscribe", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_of_another_language_gets_English_with_the_figures_of_their_country()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var db = house.Open();
        var mail = await Composer().ComposeAsync(db, "balance_low", new("Rudo", Zone.Utc, "hi-IN"), new Dictionary<string, object?> { ["balance"] = new Money(123_456_789, Currency.Of("INR")), ["days"] = 3, ["link"] = "/x" }, ct: Ct);
        Assert.Equal("Your balance is low: ₹12,34,567.89", mail.Subject);
    }

    [Fact]
    public async Task What_a_mail_needs_and_does_not_get_is_a_bug_and_the_foot_leads_nowhere_else()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var db = house.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Composer().ComposeAsync(db, "sign_in_code", Addressee.Of("Rudo"), new Dictionary<string, object?>(), ct: Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Composer().ComposeAsync(db, "first_admin", Addressee.Of("Rudo"), new Dictionary<string, object?> { ["link"] = "/" }, new(UnsubscribeUrl: "https://evil.example"), Ct));
    }

    private static MailComposer Composer() => new(new() { DataPath = "x", PublicUrl = "https://portal.test" }, TimeProvider.System);

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Styles();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Address();
}
