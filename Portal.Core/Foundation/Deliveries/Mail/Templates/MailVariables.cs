namespace Portal.Core.Foundation;

/// <summary>The variables of mails, with something to show each by.</summary>
internal static class MailVariables
{
    public static readonly TemplateVariable Name = Text("name", "The reader’s name", "Rudo Chipunza") with { IsOptional = true };

    /// <summary>What the portal itself fills in, in every mail.</summary>
    public static readonly IReadOnlyList<TemplateVariable> Everywhere =
        [Name, Text("agency", "The agency’s name", "Marula Agency"), new("portal", VariableKind.Url, "The beginning of the portal", "/")];

    public static readonly TemplateVariable Link = new("link", VariableKind.Url, "The page of the exact item", "/dashboard");
    public static readonly TemplateVariable When = new("when", VariableKind.Moment, "When it happened", new DateTime(2026, 11, 21, 8, 15, 0, DateTimeKind.Utc));
    public static readonly TemplateVariable Day = new("day", VariableKind.Day, "The day it is about", new DateOnly(2026, 11, 28));
    public static readonly TemplateVariable Amount = new("amount", VariableKind.Money, "The amount", new Money(48_000, Currency.Usd));
    public static readonly TemplateVariable Address = Text("address", "Where it came from: the internet address", "203.0.113.24");
    public static readonly TemplateVariable Who = Text("who", "Who did it", "Tendai Moyo");
    public static readonly TemplateVariable Organisation = Text("client", "The client’s name", "Marula Skincare");
    public static readonly TemplateVariable Invoice = Text("invoice", "The invoice’s number", "INV-2041");
    public static readonly TemplateVariable Matter = Text("matter", "What it is for", "Marketing retainer for November");
    public static readonly TemplateVariable Plan = Text("plan", "The plan’s name", "Growth");
    public static readonly TemplateVariable Task = Text("task", "The task’s title", "Write the festive newsletter");
    public static readonly TemplateVariable Project = Text("project", "The project’s title", "Festive launch");
    public static readonly TemplateVariable Post = Text("post", "The post’s title", "Gold care guide");
    public static readonly TemplateVariable Course = Text("course", "The course’s title", "Selling on Instagram");
    public static readonly TemplateVariable Reason = Text("reason", "The reason, as an administrator wrote it", "The invoice of October is not paid.") with { IsOptional = true };
    public static readonly TemplateVariable Code = Text("code", "The six figures", "482913") with { IsSecret = true };
    public static readonly TemplateVariable Expires = new("expires", VariableKind.Moment, "Until when it is good", new DateTime(2026, 11, 21, 8, 25, 0, DateTimeKind.Utc));

    public static readonly TemplateVariable Integration = Text("integration", "The configuration’s name", "Stripe, live");
    public static readonly TemplateVariable Provider = Text("provider", "The provider’s name", "Stripe");

    public static TemplateVariable Text(string name, string about, string sample) => new(name, VariableKind.Text, about, sample);

    public static TemplateVariable Number(string name, string about, int sample) => new(name, VariableKind.Number, about, sample);
}
