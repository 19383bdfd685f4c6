//! The columns a roster can have, by what they mean.
//!
//! The many names they go by in real files stand in `paper::roster::headers`.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 序号; known, of no use.
    Serial,
    OutsideNo,
    HeadName,
    Relation,
    Name,
    Sex,
    Ethnic,
    IdType,
    IdNo,
    Birth,
    /// 年龄; known, not taken: it is right for a year at most.
    Age,
    Phone,
    Village,
    Group,
    Door,
    Address,
    Tags,
    AgreementState,
    AgreementOn,
    AgreementDoctor,
    Remark,
    RecordNo,
    Employer,
    ContactName,
    ContactPhone,
    RegisteredAddress,
    HouseholdType,
    Diagnosed,
    LastVisit,
    /// 血压 as one cell, `150/90`.
    Pressure,
    Systolic,
    Diastolic,
    Glucose,
    Adherence,
    Drugs,
    NextVisit,
    VisitMode,
}

impl Column {
    /// Lists the columns of people an export writes, in their order; importing such a file
    /// again reads every one of them.
    pub const EXPORTED: [Self; 25] = [
        Self::Serial,
        Self::OutsideNo,
        Self::HeadName,
        Self::Relation,
        Self::Name,
        Self::Sex,
        Self::Ethnic,
        Self::IdNo,
        Self::Birth,
        Self::Phone,
        Self::Village,
        Self::Group,
        Self::Address,
        Self::Tags,
        Self::AgreementState,
        Self::AgreementOn,
        Self::AgreementDoctor,
        Self::Remark,
        Self::IdType,
        Self::Door,
        Self::RecordNo,
        Self::Employer,
        Self::ContactName,
        Self::ContactPhone,
        Self::RegisteredAddress,
    ];

    /// Returns the name the column usually has, as an export writes it.
    pub const fn usual_name(self) -> &'static str {
        match self {
            Self::Serial => "序号",
            Self::OutsideNo => "户编号",
            Self::HeadName => "户主姓名",
            Self::Relation => "与户主关系",
            Self::Name => "姓名",
            Self::Sex => "性别",
            Self::Ethnic => "民族",
            Self::IdType => "证件类型",
            Self::IdNo => "身份证号",
            Self::Birth => "出生日期",
            Self::Age => "年龄",
            Self::Phone => "联系电话",
            Self::Village => "村（居）",
            Self::Group => "组",
            Self::Door => "门牌",
            Self::Address => "家庭住址",
            Self::Tags => "人群分类",
            Self::AgreementState => "签约状态",
            Self::AgreementOn => "签约日期",
            Self::AgreementDoctor => "签约医生",
            Self::Remark => "备注",
            Self::RecordNo => "健康档案编号",
            Self::Employer => "工作单位",
            Self::ContactName => "联系人姓名",
            Self::ContactPhone => "联系人电话",
            Self::RegisteredAddress => "户籍地址",
            Self::HouseholdType => "户类型",
            Self::Diagnosed => "确诊日期",
            Self::LastVisit => "最近随访日期",
            Self::Pressure => "血压",
            Self::Systolic => "收缩压",
            Self::Diastolic => "舒张压",
            Self::Glucose => "空腹血糖",
            Self::Adherence => "服药依从性",
            Self::Drugs => "用药",
            Self::NextVisit => "下次随访日期",
            Self::VisitMode => "随访方式",
        }
    }

    /// Returns the name an exported column goes by for programs.
    pub const fn export_key(self) -> &'static str {
        match self {
            Self::Serial => "serial",
            Self::OutsideNo => "household",
            Self::HeadName => "head",
            Self::Relation => "relation",
            Self::Name => "name",
            Self::Sex => "sex",
            Self::Ethnic => "ethnic",
            Self::IdNo => "id_no",
            Self::Birth => "birth",
            Self::Phone => "phone",
            Self::Village => "village",
            Self::Group => "group",
            Self::Address => "address",
            Self::Tags => "tags",
            Self::AgreementState => "agreement",
            Self::AgreementOn => "agreement_on",
            Self::AgreementDoctor => "agreement_doctor",
            Self::Remark => "note",
            Self::IdType => "id_type",
            Self::Door => "door",
            Self::RecordNo => "record_no",
            Self::Employer => "employer",
            Self::ContactName => "contact_name",
            Self::ContactPhone => "contact_phone",
            Self::RegisteredAddress => "reg_address",
            Self::Age => "age",
            Self::HouseholdType => "household_type",
            Self::Diagnosed => "diagnosed",
            Self::LastVisit => "last_visit",
            Self::Pressure => "pressure",
            Self::Systolic => "sbp",
            Self::Diastolic => "dbp",
            Self::Glucose => "fbg",
            Self::Adherence => "adherence",
            Self::Drugs => "drugs",
            Self::NextVisit => "next_visit",
            Self::VisitMode => "mode",
        }
    }

    /// Returns whether a sheet of people takes the column.
    pub const fn is_of_people(self) -> bool {
        !self.is_of_history()
    }

    /// Returns whether the column speaks of a past follow-up.
    pub const fn is_of_history(self) -> bool {
        matches!(
            self,
            Self::Diagnosed
                | Self::LastVisit
                | Self::Pressure
                | Self::Systolic
                | Self::Diastolic
                | Self::Glucose
                | Self::Adherence
                | Self::Drugs
                | Self::NextVisit
                | Self::VisitMode
        )
    }

    /// Returns whether the column is one person's own, so that a cell merged over several rows
    /// is a mistake there and is not filled down.
    pub const fn is_personal(self) -> bool {
        matches!(
            self,
            Self::Serial
                | Self::Relation
                | Self::Name
                | Self::Sex
                | Self::IdType
                | Self::IdNo
                | Self::Birth
                | Self::Age
                | Self::RecordNo
        )
    }

    /// Returns whether several columns of the same meaning are read together.
    pub const fn may_repeat(self) -> bool {
        matches!(self, Self::Phone | Self::Remark | Self::Tags | Self::Drugs)
    }
}
