namespace Portal.Core.Foundation;

/// <summary>What happened to a template; the id is that of the change.</summary>
public abstract record MailTemplateEvent(long EditId) : DomainEvent
{
    public override Subject About => new("mail_template", EditId);
}

public sealed record MailTemplateChanged(long EditId, string Template, string Language) : MailTemplateEvent(EditId);

/// <summary>An earlier text holds again.</summary>
public sealed record MailTemplateRestored(long EditId, string Template, string Language, int Number) : MailTemplateEvent(EditId);

/// <summary>The portal's own words hold again.</summary>
public sealed record MailTemplateReset(long EditId, string Template, string Language) : MailTemplateEvent(EditId);

/// <summary>An admin mailed a template to themselves.</summary>
public sealed record MailTemplateTried(long AgencyId, string Template, string Language) : DomainEvent
{
    public override Subject About => new("agency", AgencyId);
}
