using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A key of the framework's data protection (cookies, antiforgery), sealed, so that every host reads every host's cookies.</summary>
public sealed class ProtectionKey
{
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Its secret part is sealed by <see cref="BoxedXml"/>.</summary>
    public required string Xml { get; init; }
}

public sealed class ProtectionKeys(Database database) : IXmlRepository
{
    private static readonly Actor Self = Actor.System("keys");

    public IReadOnlyCollection<XElement> GetAllElements() =>
        database.Read("SELECT Xml FROM ProtectionKeys ORDER BY Id", row => XElement.Parse(row.GetString(0)));

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = database.Open(Self, Can.KeepHouse);
        db.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });

        // The framework's interface is synchronous, and this happens once in ninety days.
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }
}

/// <summary>Puts the secret part of a protection key into the secret box.</summary>
public sealed class BoxedXml(SecretBox box) : IXmlEncryptor
{
    internal const string Purpose = "protection-key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("boxed", box.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting), Purpose)), typeof(UnboxedXml));
}

/// <summary>Made by the framework by its name, which stands beside each key: it stays as it is.</summary>
public sealed class UnboxedXml(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<SecretBox>().Open(encryptedElement.Value, BoxedXml.Purpose));
}

internal sealed class ProtectionKeyTable : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder)
    {
        builder.ToTable("ProtectionKeys");
        builder.Property(k => k.Xml).HasMaxLength(-1);
    }
}
