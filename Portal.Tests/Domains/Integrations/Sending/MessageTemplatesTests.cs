using Portal.Components.Features.Sending;
using Portal.Tests.Domains.Integrations.Channels;
using Portal.Tests.Reactions;

namespace Portal.Tests.Domains.Integrations.Sending;

/// <summary>The portal's own mails in the dialog that sends: what is offered, how their places are filled in, and how one would read.</summary>
public class MessageTemplatesTests
{
    private static readonly Zone Harare = Zone.Of("Africa/Harare");

    [Fact]
    public async Task The_agencys_people_are_offered_what_opens_no_door_and_a_clients_people_nothing()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var offered = house.Templates.List(house.Room.Admin);
        Assert.Contains(offered, t => t.Key == "payment_due");
        Assert.DoesNotContain(offered, t => t.Key is "sign_in_code" or "password_changed" or "digest");
        Assert.All(offered, t => Assert.DoesNotContain(t.Variables, v => v.Name is "agency" or "portal"));
        var acme = await house.Ground.AddAsync(new Client { Name = "Acme", CreatedAt = house.Ground.Clock.Now() });
        Assert.Empty(house.Templates.List(await house.Ground.PersonAsync(Role.Client, new Grant(acme.Id, null, AccessLevel.Manager))));
    }

    [Fact]
    public async Task What_is_typed_into_the_places_is_shown_as_it_would_be_sent_and_sent_as_it_was_shown()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var template = house.Templates.List(house.Room.Admin).Single(t => t.Key == "payment_due");
        var typed = new Dictionary<string, string?> { ["amount"] = "480.00 usd", ["matter"] = "Retainer", ["day"] = "2026-11-28", ["link"] = "/dashboard", ["name"] = " " };
        var preview = await house.Templates.PreviewAsync(house.Room.Admin, template.Key, TemplateDraft.Values(template, typed, Harare), Ct);
        Assert.Contains("480.00", preview.Text, StringComparison.Ordinal);

        var draft = new SendDraft { Recipients = "ann@example.com", MailTemplate = template.Key };
        foreach (var (name, value) in typed)
            draft.Values[name] = value;
        await draft.SendAsync(house.Messages, house.Room.Admin, template, Harare, Ct);
        var sent = Assert.Single((await house.Queries.ListAsync(house.Room.Admin, null, new(), Ct)).Items);
        Assert.Equal((preview.Subject, "payment_due"), (sent.Subject, sent.Template));
        Assert.Equal(preview.Text, (await house.Queries.GetAsync(house.Room.Admin, sent.Id, ct: Ct)).Body);
    }

    [Fact]
    public async Task What_is_missing_or_cannot_be_read_is_named_by_its_place()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var template = house.Templates.List(house.Room.Admin).Single(t => t.Key == "payment_due");
        var amount = Assert.Throws<Invalid>(() => { TemplateDraft.Values(template, new Dictionary<string, string?> { ["amount"] = "480" }, Harare); });
        Assert.Equal(["values.amount"], amount.Errors.Keys);
        var values = TemplateDraft.Values(template, new Dictionary<string, string?> { ["amount"] = "480 USD", ["day"] = "tomorrow", ["link"] = "https://evil.example" }, Harare);
        var missing = await Assert.ThrowsAsync<Invalid>(() => house.Templates.PreviewAsync(house.Room.Admin, template.Key, values, Ct));
        Assert.Equal(["values.day", "values.link", "values.matter"], missing.Errors.Keys.Order());
        await Assert.ThrowsAsync<NotFound>(() => house.Templates.PreviewAsync(house.Room.Admin, "sign_in_code", values, Ct));
    }

    [Fact]
    public void An_instant_is_typed_in_the_zone_of_whoever_types_it() => Assert.Equal(
        "2026-11-28T08:00:00Z", TemplateDraft.Values(new("x", "X", "", [new("when", VariableKind.Moment, "When", "", false)]), new Dictionary<string, string?> { ["when"] = "2026-11-28T10:00" }, Harare)["when"].GetString());
}
