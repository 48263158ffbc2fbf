using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A key of the framework's data protection (cookies, antiforgery), sealed, so that every host reads every host's cookies.</summary>
public sealed class ProtectionKey
{
    public long Id { get; init; }

    public required string Name { get; init; }

    public required string SealedXml { get; init; }
}

public sealed class ProtectionKeys(Database database, SecretBox box) : IXmlRepository
{
    private const string Purpose = "protection-key";
    private static readonly Actor Self = Actor.System("keys");

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.Open(Self, Can.KeepHouse);
        return [.. db.Set<ProtectionKey>().AsNoTracking().AsEnumerable().Select(k => XElement.Parse(box.Open(k.SealedXml, Purpose)))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = database.Open(Self, Can.KeepHouse);
        db.Add(new ProtectionKey { Name = friendlyName, SealedXml = box.Seal(element.ToString(SaveOptions.DisableFormatting), Purpose) });

        // The framework's interface is synchronous, and this happens once in ninety days.
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }
}

internal sealed class ProtectionKeyTable : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder)
    {
        builder.ToTable("ProtectionKeys");
        builder.Property(k => k.SealedXml).HasMaxLength(-1);
    }
}
