using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

internal sealed class ClientTable : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> builder)
    {
        builder.Property(c => c.Name).HasMaxLength(200).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(c => c.SearchName).HasMaxLength(200);
        builder.Property(c => c.CurrencyCode).HasMaxLength(3);
        builder.Property(c => c.ZoneId).HasMaxLength(64);
        builder.Property(c => c.AgencyNote).HasMaxLength(4000);
        builder.ComplexProperty(c => c.BillingAddress, Addresses.Configure);
        builder.HasIndex(c => c.SearchName);
        builder.HasIndex(c => new { c.Status, c.ClosesAt });
        builder.HasIndex(c => new { c.CreatedAt, c.Id });
    }
}

internal sealed class AgencyTable : IEntityTypeConfiguration<Agency>
{
    public void Configure(EntityTypeBuilder<Agency> builder)
    {
        builder.ToTable("Agency");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.CurrencyCode).HasMaxLength(3);
        builder.Property(a => a.ZoneId).HasMaxLength(64);
        builder.Property(a => a.Terms).HasMaxLength(-1);
        builder.ComplexProperty(a => a.Address, Addresses.Configure);
    }
}

internal static class Addresses
{
    public static void Configure(ComplexPropertyBuilder<PostalAddress> address)
    {
        address.Property(a => a.Line1).HasMaxLength(200);
        address.Property(a => a.Line2).HasMaxLength(200);
        address.Property(a => a.City).HasMaxLength(100);
        address.Property(a => a.Region).HasMaxLength(100);
        address.Property(a => a.PostalCode).HasMaxLength(20);
        address.Property(a => a.Country).HasMaxLength(2);
    }
}

internal sealed class AccessTable : IEntityTypeConfiguration<Access>
{
    public void Configure(EntityTypeBuilder<Access> builder)
    {
        builder.HasIndex(a => new { a.UserId, a.ClientId, a.Service }).IsUnique();
        builder.HasIndex(a => new { a.ClientId, a.UserId });
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(a => a.UserId);
        builder.HasOne<Client>().WithMany().HasForeignKey(a => a.ClientId);
    }
}

internal sealed class UserTable : IEntityTypeConfiguration<PortalUser>
{
    public void Configure(EntityTypeBuilder<PortalUser> builder)
    {
        builder.ToTable("Users");
        builder.Property(u => u.FullName).HasMaxLength(200).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(u => u.SearchName).HasMaxLength(200);
        builder.Property(u => u.ZoneId).HasMaxLength(64);
        builder.Property(u => u.Culture).HasMaxLength(20);
        builder.Property(u => u.Specialisation).HasMaxLength(200);
        builder.HasIndex(u => new { u.Role, u.IsActive });
        builder.HasIndex(u => u.SearchName);
        builder.HasIndex(u => u.ErasesAt);
    }
}

internal sealed class LoginTable : IEntityTypeConfiguration<IdentityUserLogin<long>>
{
    // SQL Server takes 900 bytes in a clustered key.
    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> builder)
    {
        builder.Property(l => l.LoginProvider).HasMaxLength(128);
        builder.Property(l => l.ProviderKey).HasMaxLength(128);
    }
}

internal sealed class TokenTable : IEntityTypeConfiguration<IdentityUserToken<long>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<long>> builder)
    {
        builder.Property(t => t.LoginProvider).HasMaxLength(128);
        builder.Property(t => t.Name).HasMaxLength(128);
    }
}

internal sealed class PasskeyTable : IEntityTypeConfiguration<IdentityUserPasskey<long>>
{
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<long>> builder)
    {
        builder.ToTable("Passkeys").HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(400); // SQL Server takes 900 bytes in a clustered key; ids of authenticators are far shorter.
        builder.OwnsOne(p => p.Data, data => data.ToJson());
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(p => p.UserId);
        builder.HasIndex(p => p.UserId);
    }
}
